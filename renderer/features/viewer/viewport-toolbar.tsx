import {
  Contrast,
  FlipHorizontal,
  FlipVertical,
  Hand,
  PanelLeft,
  RotateCcw,
  RotateCw,
  ScanText,
  SunMedium,
  Undo2,
  ZoomIn,
} from 'lucide-react';
import type { ReactElement } from 'react';
import { IconButton, Toolbar, ToolbarGap } from '../../components/index.ts';
import type { LeftButton } from './cornerstone/tool-group.ts';
import type { ViewportAction } from './viewport-keys.ts';

export interface ViewportToolbarProps {
  readonly leftButton: LeftButton;
  readonly hasOverlay: boolean;
  readonly hasLists: boolean;
  readonly isInverted: boolean;
  readonly isDisabled: boolean;
  readonly onAction: (action: ViewportAction) => void;
  readonly onToggleLists: () => void;
}

/** Everything the keys do, for the mouse; each button names its key. */
export function ViewportToolbar(props: ViewportToolbarProps): ReactElement {
  return (
    <Toolbar label="Image tools">
      <IconButton
        label="Studies and series"
        icon={<PanelLeft />}
        isSelected={props.hasLists}
        onPress={props.onToggleLists}
      />
      <DragTools {...props} />
      <span className="viewport-toolbar-line" />
      <PictureTools {...props} />
      <ToolbarGap />
      <IconButton
        label="Text on the image"
        icon={<ScanText />}
        shortcut="Space"
        isSelected={props.hasOverlay}
        onPress={() => props.onAction({ kind: 'overlay' })}
      />
    </Toolbar>
  );
}

const dragTools = [
  { does: 'window', label: 'Window and level by drag', icon: <SunMedium />, shortcut: 'W' },
  { does: 'pan', label: 'Pan by drag', icon: <Hand />, shortcut: 'P' },
  { does: 'zoom', label: 'Zoom by drag', icon: <ZoomIn />, shortcut: 'Z' },
] as const;

function DragTools({ isDisabled, leftButton, onAction }: ViewportToolbarProps): ReactElement[] {
  return dragTools.map(({ does, ...tool }) => (
    <IconButton
      key={does}
      {...tool}
      isSelected={leftButton === does}
      isDisabled={isDisabled}
      onPress={() => onAction({ kind: 'left-button', does })}
    />
  ));
}

const pictureTools: readonly {
  readonly label: string;
  readonly icon: ReactElement;
  readonly shortcut: string;
  readonly action: ViewportAction;
}[] = [
  { label: 'Rotate left', icon: <RotateCcw />, shortcut: 'L', action: { kind: 'rotate', degrees: -90 } },
  { label: 'Rotate right', icon: <RotateCw />, shortcut: 'R', action: { kind: 'rotate', degrees: 90 } },
  {
    label: 'Flip left to right',
    icon: <FlipHorizontal />,
    shortcut: 'H',
    action: { kind: 'flip', axis: 'horizontal' },
  },
  {
    label: 'Flip top to bottom',
    icon: <FlipVertical />,
    shortcut: 'V',
    action: { kind: 'flip', axis: 'vertical' },
  },
  { label: 'Reset', icon: <Undo2 />, shortcut: 'Esc', action: { kind: 'reset' } },
];

function PictureTools({ isDisabled, isInverted, onAction }: ViewportToolbarProps): ReactElement {
  return (
    <>
      <IconButton
        label="Invert"
        icon={<Contrast />}
        shortcut="I"
        isSelected={isInverted}
        isDisabled={isDisabled}
        onPress={() => onAction({ kind: 'invert' })}
      />
      {pictureTools.map(({ action, ...tool }) => (
        <IconButton key={tool.label} {...tool} isDisabled={isDisabled} onPress={() => onAction(action)} />
      ))}
    </>
  );
}
