export { ListenerBadge } from './listener-badge.tsx';
export { SettingsScreen } from './settings-screen.tsx';
