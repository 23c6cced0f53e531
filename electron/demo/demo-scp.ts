import dimse from 'dcmjs-dimse';
import type { association as associations, requests as asked, responses as answers, Scp } from 'dcmjs-dimse';
import { acceptContexts } from './accept-contexts.ts';
import type { Delivery } from './deliver.ts';
import { answerEcho, answerFind, answerMove, answerStore } from './demo-answers.ts';
import { demoAeTitle } from './demo-message.ts';
import type { DemoShelf } from './demo-shelf.ts';

const { RejectReason, RejectResult, RejectSource } = dimse.constants;

export interface DemoScpOptions {
  readonly shelf: DemoShelf;
  /** Where C-MOVE delivers, on loopback. */
  readonly movePort: number;
}

type Answer<Response> = (response: Response) => void;

/** The class that the library makes one of for each association. */
export function demoScp({ shelf, movePort }: DemoScpOptions): typeof Scp {
  return class DemoScp extends dimse.Scp {
    #callingAeTitle = '';
    #delivery: Delivery | null = null;

    override associationRequested(association: associations.Association): void {
      this.#callingAeTitle = association.getCallingAeTitle().trim();
      if (association.getCalledAeTitle().trim() === demoAeTitle) {
        acceptContexts(association);
        this.sendAssociationAccept();
      } else {
        const { CalledAeNotRecognized } = RejectReason;
        this.sendAssociationReject(RejectResult.Permanent, RejectSource.ServiceUser, CalledAeNotRecognized);
      }
    }

    override associationReleaseRequested(): void {
      this.sendAssociationReleaseResponse();
    }

    override cEchoRequest(request: asked.CEchoRequest, answer: Answer<answers.CEchoResponse>): void {
      answer(answerEcho(request));
    }

    override cFindRequest(request: asked.CFindRequest, answer: Answer<answers.CFindResponse[]>): void {
      answer(answerFind(request, shelf));
    }

    override cMoveRequest(request: asked.CMoveRequest, answer: Answer<answers.CMoveResponse[]>): void {
      this.#delivery = answerMove(request, shelf, {
        port: movePort,
        callingAeTitle: this.#callingAeTitle,
        // The library takes one answer a request; what goes before it is sent past it.
        pending: (response) => this.sendResponse(request, response),
        last: (response) => answer([response]),
      });
    }

    override cCancelRequest(): void {
      this.#delivery?.cancel();
    }

    override cStoreRequest(request: asked.CStoreRequest, answer: Answer<answers.CStoreResponse>): void {
      answer(answerStore(request, shelf));
    }

    override abort(): void {
      this.#delivery?.cancel();
    }
  };
}
