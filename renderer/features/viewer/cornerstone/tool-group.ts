import { Enums, PanTool, ToolGroupManager, WindowLevelTool, ZoomTool, addTool } from '@cornerstonejs/tools';

/** What the left button does; the middle one always pans and the right one always zooms. */
export type LeftButton = 'window' | 'pan' | 'zoom';

export interface ViewportTools {
  setLeftButton(does: LeftButton): void;
  close(): void;
}

const tools = [
  ['window', WindowLevelTool],
  ['pan', PanTool],
  ['zoom', ZoomTool],
] as const;

/** Gives a viewport its mouse: one tool group, closed with it. Scrolling is the stack's own. */
export function openTools(viewportId: string, renderingEngineId: string): ViewportTools {
  const id = `tools-${viewportId}`;
  const group = ToolGroupManager.createToolGroup(id);
  if (group === undefined) throw new Error(`there is a tool group ${id} already`);
  for (const [, tool] of tools) {
    addTool(tool); // cornerstone keeps each once
    group.addTool(tool.toolName);
  }
  group.addViewport(viewportId, renderingEngineId);
  const setLeftButton = (does: LeftButton): void => {
    for (const [name, { toolName }] of tools) {
      group.setToolPassive(toolName, { removeAllBindings: true });
      const bindings = buttonsOf(name, does).map((mouseButton) => ({ mouseButton }));
      if (bindings.length > 0) group.setToolActive(toolName, { bindings });
    }
  };
  setLeftButton('window');
  return { setLeftButton, close: () => ToolGroupManager.destroyToolGroup(id) };
}

const { Auxiliary, Primary, Secondary } = Enums.MouseBindings;
const fixedButtons = { window: [], pan: [Auxiliary], zoom: [Secondary] } as const;

function buttonsOf(tool: LeftButton, leftButton: LeftButton): readonly number[] {
  return tool === leftButton ? [Primary, ...fixedButtons[tool]] : fixedButtons[tool];
}
