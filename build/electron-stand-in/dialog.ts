import { BrowserWindow } from './browser-window.ts';

interface Options {
  readonly title?: string;
  readonly message?: string;
  readonly detail?: string;
  readonly buttons?: readonly string[];
  readonly defaultPath?: string;
  readonly properties?: readonly string[];
}

/**
 * The dialogs, asked in the page with `prompt`: a path, or several with `;` between them.
 *
 * A test puts its own function in their place, as it does in Electron.
 */
export const dialog = {
  showOpenDialog: async (...args: readonly unknown[]) => {
    const { title = 'Open', defaultPath = '', properties = [] } = optionsOf(args);
    const several = properties.includes('multiSelections');
    const answer = await ask(
      `${title}: path${several ? ', or several with ; between them' : ''}`,
      defaultPath,
    );
    const filePaths = (answer ?? '').split(several ? ';' : '\n').flatMap((path) => path.trim() || []);
    return { canceled: filePaths.length === 0, filePaths };
  },
  showSaveDialog: async (...args: readonly unknown[]) => {
    const { title = 'Save', defaultPath = '' } = optionsOf(args);
    const filePath = (await ask(`${title}: path`, defaultPath)) ?? '';
    return { canceled: filePath === '', filePath };
  },
  showMessageBox: async (...args: readonly unknown[]) => {
    const { message = '', detail = '', buttons = ['OK'] } = optionsOf(args);
    const text = JSON.stringify(`${message}\n${detail}`);
    const agreed = await inPage(buttons.length > 1 ? `confirm(${text})` : `(alert(${text}), true)`);
    return { response: agreed === false ? buttons.length - 1 : 0, checkboxChecked: false };
  },
  showErrorBox: (title: string, content: string): void => {
    console.error(`${title}: ${content}`);
  },
};

/** The window may be left out, so the options are whatever comes last. */
function optionsOf(args: readonly unknown[]): Options {
  return args.findLast((argument): argument is Options => !(argument instanceof BrowserWindow)) ?? {};
}

async function ask(question: string, suggestion: string): Promise<string | null> {
  return (await inPage(`prompt(${JSON.stringify(question)}, ${JSON.stringify(suggestion)})`)) as
    | string
    | null;
}

function inPage(expression: string): Promise<unknown> {
  return BrowserWindow.getFocusedWindow()?.webContents.executeJavaScript(expression) ?? Promise.resolve(null);
}
