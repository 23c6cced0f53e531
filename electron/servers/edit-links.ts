import { checkLink } from '../contract/check-links.ts';
import { FailureError } from '../contract/failure.ts';
import { LinkId } from '../contract/link.ts';
import { changeable, found, refuseOwn, type BookRoom } from './book-room.ts';
import type { ServerBook } from './server-book.ts';

/** What may be done to the person's own links. */
export function editLinks({ list, write, newId }: BookRoom): Pick<ServerBook, 'saveLink' | 'deleteLink'> {
  return {
    saveLink(id, draft) {
      const { servers, links } = list();
      if (id !== null) changeable(found(links, id, 'link'));
      refuseOwn(list());
      const [problem] = checkLink(draft, { servers, others: links.filter((link) => link.id !== id) });
      if (problem !== undefined) {
        throw new FailureError({ step: 'input', field: `draft.${problem.field}`, problem: problem.message });
      }
      const saved = { id: id ?? LinkId.parse(newId()), draft };
      write((stored) => {
        const own = stored.links();
        const index = own.findIndex((link) => link.id === saved.id);
        stored.setLinks(index < 0 ? [...own, saved] : own.with(index, saved));
      });
      return found(list().links, saved.id, 'link');
    },
    deleteLink(id) {
      changeable(found(list().links, id, 'link'));
      refuseOwn(list());
      write((stored) => stored.setLinks(stored.links().filter((link) => link.id !== id)));
    },
  };
}
