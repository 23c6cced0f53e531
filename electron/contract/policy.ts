/** What the administrator may decide for everybody, yes or no, and what counts where nothing is said. */
export const policyDefaults = {
  allow_user_servers: true,
  lock_local_ae: false,
  lock_listener: false,
  /** Nothing is asked of a server without TLS (or https). */
  require_tls: false,
  /** Certificates of servers are verified, whatever their records say. */
  require_verification: false,
  hide_send: false,
  lossy_allowed: true,
  /** Servers are judged as in a register that other systems read. */
  strict: false,
  /** AE titles of servers have ASCII letters, digits, hyphens and underscores only. */
  simple_ae_titles: false,
  /** The same with capital letters, digits and underscores only. */
  capital_ae_titles: false,
} as const;
export type PolicyName = keyof typeof policyDefaults;

export const policyNames = [
  'allow_user_servers',
  'lock_local_ae',
  'lock_listener',
  'require_tls',
  'require_verification',
  'hide_send',
  'lossy_allowed',
  'strict',
  'simple_ae_titles',
  'capital_ae_titles',
] as const satisfies readonly PolicyName[];

/** A line of an administrator's file. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** One decision; `place`: the line that says it, `null` where none does. */
export interface Policy {
  readonly value: boolean;
  readonly place: Place | null;
}

export type Policies = Readonly<Record<PolicyName, Policy>>;

/** Nobody decided anything. */
export const noPolicies: Policies = {
  allow_user_servers: unsaid('allow_user_servers'),
  lock_local_ae: unsaid('lock_local_ae'),
  lock_listener: unsaid('lock_listener'),
  require_tls: unsaid('require_tls'),
  require_verification: unsaid('require_verification'),
  hide_send: unsaid('hide_send'),
  lossy_allowed: unsaid('lossy_allowed'),
  strict: unsaid('strict'),
  simple_ae_titles: unsaid('simple_ae_titles'),
  capital_ae_titles: unsaid('capital_ae_titles'),
};

function unsaid(name: PolicyName): Policy {
  return { value: policyDefaults[name], place: null };
}
