import { CircleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

export interface ScreenGuardProps {
  /** What the screen is called: `Query`. */
  readonly name: string;
  readonly children: ReactNode;
}

/** Keeps a mistake in one screen from taking the others away. Only a class can do this in React. */
export class ScreenGuard extends Component<ScreenGuardProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <EmptyState
        icon={<CircleAlert />}
        title={`${this.props.name} can’t be shown`}
        actions={<Button onPress={() => this.setState({ isBroken: false })}>Show it again</Button>}
      >
        This is a mistake in the program, not in what you did. The other screens go on working, and so do
        transfers.
      </EmptyState>
    );
  }
}
