/** What the administrator of a server enters to know this viewer. */
export interface ConnectionCard {
  /** What that server knows us by. */
  readonly aeTitle: string;
  /** Every address of this computer, the one on the way to the server first. */
  readonly addresses: readonly string[];
  /** The address from which this computer reaches the server; `null`: there is no way, or no server was named. */
  readonly towardsServer: string | null;
  readonly hostName: string;
  /** The server's own listen port first, then the shared one. */
  readonly ports: readonly number[];
  readonly tls: boolean;
  /** What our listener takes, by UID. */
  readonly transferSyntaxUids: readonly string[];
  /** As a row of a list of servers, below its heading. */
  readonly csv: string;
}
