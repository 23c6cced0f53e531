interface Item {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly submenu?: readonly Item[] | Menu;
  readonly click?: () => void;
}

/** Menus are held and can be looked through, but not drawn. */
export class Menu {
  static #application: Menu | null = null;
  items: readonly Item[] = [];

  static buildFromTemplate(template: readonly Item[]): Menu {
    const menu = new Menu();
    menu.items = template.map((item) =>
      Array.isArray(item.submenu) ? { ...item, submenu: Menu.buildFromTemplate(item.submenu) } : item,
    );
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }
  getMenuItemById(id: string): Item | null {
    for (const item of this.items) {
      if (item.id === id) return item;
      const found = item.submenu instanceof Menu ? item.submenu.getMenuItemById(id) : null;
      if (found) return found;
    }
    return null;
  }
}
