// The shapes of what the modules take and give. No browser loads this file.

/** A place in the hub's log: `<epoch>-<sequence>`. */
export type Cursor = string;

/** `since` in ms since 1970; `opens`: requests for the stream by the tab that leads. */
export type StreamState = { status: 'connecting' | 'live' | 'reconnecting' | 'offline', since: number, opens: number };

export type Notification = {
  id: string, type: string, topics: string[], title?: string, body?: string, severity?: string, url?: string, icon?: string, tags?: string[],
  actions?: { label: string, url: string }[], publishedAt: string, updatedAt?: string, expiresAt?: string, data?: unknown,
};

/** Its whole new content; `cursor` is the place of the change in the log. */
export type Update = Notification & { cursor: Cursor };
export type Retract = { id: string, reason: 'retracted' | 'collapsed' | 'expired', cursor: Cursor };
export type Gap = { reason: string, oldest?: string };

export type Wish = {
  /** Address of the hub's root; none: the hub that served the module. */
  hub?: string,
  /** Exact topics; none: `broadcast`. */
  topics?: string[],
  /** Go on behind this cursor; none: from now on. */
  lastEventId?: Cursor | null,
  onNotifications?(batch: Notification[]): void,
  onUpdates?(batch: Update[]): void,
  onRetracts?(batch: Retract[]): void,
  /** Everything up to the cursor has been handed over. */
  onCursor?(cursor: Cursor): void,
  onState?(state: StreamState): void,
  onGap?(gap: Gap): void,
};
export type Subscription = { close(): void, readonly cursor: Cursor | null, readonly state: StreamState };

/** One listener's topics, and the cursor it goes on behind. `met`: the stream brings it, and its cursor is the stream's. */
export type Want = { topics: string[], cursor: Cursor | null, met?: boolean };

/** Where the leading tab's stream stands. Nothing has come behind `at`; who has no cursor begins at `head`. The highest term counts. */
export type Stand = { term: number, asked: Set<string>, at: Cursor | null, head: Cursor | null, state: StreamState };

export type UnreadWish = {
  hub?: string,
  topics?: string[],
  onChange?(count: number): void,
  onNotifications?(batch: Notification[]): void,
  onUpdates?(batch: Update[]): void,
  onRetracts?(batch: Retract[]): void,
  onState?(state: StreamState): void,
};
export type Unread = { readonly count: number, readonly state: StreamState, clear(): void, reading(on: boolean): void, close(): void };
