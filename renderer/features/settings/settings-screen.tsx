import './settings-screen.css';
import { useState, type ReactElement } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { CertificatesPage } from './certificates/certificates-page.tsx';
import { EffectivePage } from './effective/effective-page.tsx';
import { SettingsForm } from './settings-form.tsx';
import { useSettings } from './use-settings.ts';

const pages = [
  { id: 'general', title: 'General' },
  { id: 'certificates', title: 'Certificates' },
  { id: 'effective', title: 'Effective configuration' },
] as const;

type PageId = (typeof pages)[number]['id'];

/** What this viewer is called, where it listens, where studies are kept, and by what it is trusted. */
export function SettingsScreen({ isShown }: { readonly isShown: boolean }): ReactElement | null {
  const settings = useSettings();
  const [page, setPage] = useState<PageId>('general');
  // Out of sight only the form is kept.
  if (!isShown) return null;
  return (
    <Tabs
      className="settings-screen"
      orientation="vertical"
      selectedKey={page}
      onSelectionChange={(key) => setPage(pages.find(({ id }) => id === key)?.id ?? 'general')}
    >
      <div className="settings-pages" data-region tabIndex={-1}>
        <h1>Settings</h1>
        <TabList aria-label="Settings" className="settings-tabs">
          {pages.map(({ id, title }) => (
            <Tab key={id} id={id} className="settings-tab">
              {title}
            </Tab>
          ))}
        </TabList>
      </div>
      <TabPanel id="general" className="settings-page">
        <SettingsForm settings={settings} />
      </TabPanel>
      <TabPanel id="certificates" className="settings-page">
        <CertificatesPage />
      </TabPanel>
      <TabPanel id="effective" className="settings-page">
        <EffectivePage />
      </TabPanel>
    </Tabs>
  );
}
