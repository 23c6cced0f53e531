import './panel.css';
import { useId, type ReactElement, type ReactNode } from 'react';

export interface PanelProps {
  readonly title: string;
  /** `1`: the screen's own heading. Left out: 2. */
  readonly level?: 1 | 2;
  /** The title is only for screen readers, and there is no head line. */
  readonly hideTitle?: boolean;
  readonly actions?: ReactNode;
  /** Stays in sight below the scrolling body. */
  readonly foot?: ReactNode;
  readonly isPadded?: boolean;
  /** There may be nothing in it to put the focus on: the body takes it, so that keys scroll it. */
  readonly isForReading?: boolean;
  readonly children: ReactNode;
}

/** A named region: a head line that stays, a body that scrolls, a foot that stays. F6 stops here. */
export function Panel(props: PanelProps): ReactElement {
  const titleId = useId();
  const Title = props.level === 1 ? 'h1' : 'h2';
  const isHidden = props.hideTitle === true;
  const title = (
    <Title id={titleId} className={isHidden ? 'visually-hidden' : undefined}>
      {props.title}
    </Title>
  );
  return (
    <section className="panel" aria-labelledby={titleId} data-region tabIndex={-1}>
      {isHidden ? (
        title
      ) : (
        <div className="panel-head">
          {title}
          {props.actions}
        </div>
      )}
      <div
        className="panel-body"
        data-padded={props.isPadded === false ? undefined : true}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
        tabIndex={props.isForReading === true ? 0 : undefined}
      >
        {props.children}
      </div>
      {props.foot === undefined ? null : <div className="panel-foot">{props.foot}</div>}
    </section>
  );
}
