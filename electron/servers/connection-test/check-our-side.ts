import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Finding, FirewallFacts, OurSideFacts } from '../../contract/connection-test.ts';
import { isLoopback, namesakeIn, plainAddress } from './call-log.ts';
import { FaultError, type Done } from './course.ts';
import type { OurSide } from './our-side.ts';

export interface OurSideQuestion {
  readonly ours: OurSide;
  readonly ourAeTitle: string;
  /** The record's own; `null`: none besides the shared one. */
  readonly listenPort: number | null;
  /** Where the connection went out from; `null`: there was none. */
  readonly localAddress: string | null;
  /** Any address of the server, where one is known. */
  readonly serverAddress: string | null;
  readonly lastLocalAddress: string | null;
}

/**
 * Whether the server could reach us: ports bound, at an address that it can see, not shut by this
 * computer's own firewall, and nobody else under our AE title.
 *
 * @throws FailureError listen
 */
export async function checkOurSide(
  question: OurSideQuestion,
  signal: AbortSignal,
): Promise<Done<OurSideFacts>> {
  const { ours, listenPort, lastLocalAddress } = question;
  const state = ours.listener();
  const listener = state.kind === 'listening' ? { address: state.address, port: state.port } : null;
  const localAddress = question.localAddress ?? (await routeTo(question.serverAddress));
  const own = listenPort === null ? null : await ours.tryPort(listenPort);
  const ports = [...new Set([listener?.port, listenPort])].filter((port) => typeof port === 'number');
  const firewall = await firewallFor(ours, localAddress, ports, signal);
  const facts: OurSideFacts = {
    step: 'our-side',
    listener,
    listenPort,
    localAddress,
    lastLocalAddress,
    firewall,
  };
  const findings = [...findingsIn(facts), ...namesakes(question)];
  if (own !== null) throw new FaultError(own, { facts, findings });
  if (state.kind !== 'failed') return { value: facts, facts, findings };
  const { failure } = state;
  if (listenPort === null) throw new FaultError(failure, { facts, findings });
  return { value: facts, facts, findings: [{ kind: 'shared-port-missing', failure }, ...findings] };
}

/** Nothing that stays on this computer meets its firewall. */
async function firewallFor(
  ours: OurSide,
  localAddress: string | null,
  ports: readonly number[],
  signal: AbortSignal,
): Promise<FirewallFacts> {
  const isHere = localAddress !== null && isLoopback(localAddress);
  return isHere ? notNeeded : ours.checkFirewall(ports, signal);
}

const notNeeded: FirewallFacts = {
  state: 'not-needed',
  tool: null,
  rule: null,
  ports: [],
  command: null,
};

function findingsIn(facts: OurSideFacts): readonly Finding[] {
  const { listener, localAddress, lastLocalAddress, firewall } = facts;
  const findings: Finding[] = [];
  if (localAddress === null) return findings;
  if (lastLocalAddress !== null && plainAddress(lastLocalAddress) !== plainAddress(localAddress)) {
    findings.push({ kind: 'address-changed', before: lastLocalAddress, now: localAddress });
  }
  if (listener !== null) findings.push(...boundElsewhere(listener.address, localAddress));
  if (firewall.state === 'blocked') {
    const { tool, rule, ports, command } = firewall;
    findings.push({ kind: 'firewall-blocks', ports, tool: tool ?? '', rule, command });
  }
  return findings;
}

const anyAddress: readonly string[] = ['0.0.0.0', '::', ''];

function boundElsewhere(address: string, localAddress: string): readonly Finding[] {
  if (anyAddress.includes(address) || plainAddress(address) === plainAddress(localAddress)) return [];
  if (!isLoopback(address)) return [{ kind: 'listens-elsewhere', address, localAddress }];
  return isLoopback(localAddress) ? [] : [{ kind: 'listens-here-only', address, localAddress }];
}

function namesakes({ ours, ourAeTitle }: OurSideQuestion): readonly Finding[] {
  const found = namesakeIn(ours.reception.log.calls, ourAeTitle, ours.localAddresses());
  return found === null ? [] : [{ kind: 'ae-title-in-use', address: found.remoteAddress, at: found.at }];
}

/** Our address on the way there; a connected UDP socket has one, and sends nothing. */
async function routeTo(address: string | null): Promise<string | null> {
  if (address === null) return null;
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  try {
    const connected = once(socket, 'connect');
    socket.connect(discardPort, address);
    await connected;
    return socket.address().address;
  } catch {
    return null;
  } finally {
    socket.close();
  }
}

/** RFC 863; any would do. */
const discardPort = 9;
