// The types of the modules' parameters, results and messages. Browsers do not load this file.

/** A position in the hub's log: `<epoch>-<sequence>`. */
export type Cursor = string;

/** `since`: when the status began, in ms since 1970, or when the connection was lost. `opens`: how often the tabs of this browser have opened the stream. */
export type StreamState = { status: 'connecting' | 'live' | 'reconnecting' | 'offline', since: number, opens: number };

export type Notification = {
  id: string, type: string, topics: string[], title?: string, body?: string, severity?: string, url?: string, icon?: string, tags?: string[],
  actions?: { label: string, url: string }[], publishedAt: string, updatedAt?: string, expiresAt?: string, data?: unknown,
};

/** The complete new content; `cursor` is the position of the update in the log. */
export type Update = Notification & { cursor: Cursor };
export type Retract = { id: string, reason: 'retracted' | 'collapsed' | 'expired', cursor: Cursor };
/** The counts of a recipient's inbox, with all notifications up to the cursor `countsAt`; 100 means 100 or more. */
export type Counts = { countsAt: Cursor, unseen: number, unread: number, topics: Record<string, { unseen: number, unread: number }> };
/** A mark of single notifications (`ids`), or of all notifications up to the cursor `upTo`; with `topics`, only of those on these topics. */
export type Mark = { change: string, ids?: string[], upTo?: Cursor, topics?: string[] };
export type Gap = { reason: string, oldest?: string };

/** Every day from `from` (inclusive) to `to` (exclusive), in the form `HH:mm`; past midnight if `to` is the earlier one. `timeZone` is an IANA name. */
export type QuietHours = { from: string, to: string, timeZone: string };
/** Which notifications are not counted for a recipient, as in `hub.hello`. */
export type Preferences = { muted: { topics: string[], types: string[] }, quietHours: QuietHours | null, criticalBreaksThrough: boolean };

/** Returns the visitor's token, or nothing for an anonymous visitor. It is called for each new stream, and its request may have any headers. */
export type TokenFunction = () => string | null | undefined | Promise<string | null | undefined>;
/** The source of tokens: a URL of the page's own server, or a function. */
export type TokenSource = string | TokenFunction;

export type SubscribeOptions = {
  /** URL of the hub's root; missing or empty: the hub that served the module. */
  hub?: string,
  /** A URL of the page's own server that answers a POST with `{"token": "…"}`; missing: the stream is anonymous, or authenticated by a cookie. */
  tokenUrl?: string,
  /** Replaces `tokenUrl`. Listeners with the same function share one stream. */
  token?: TokenFunction,
  /** Exact topics; missing or empty: the topics of the recipient's inbox, or `broadcast` for an anonymous visitor. */
  topics?: string[],
  /** The cursor after which to resume; missing: from now on. */
  lastEventId?: Cursor | null,
  /** `false`: the hub gets only the presence of a tab, not the path of its page. */
  presence?: boolean,
  onNotifications?(batch: Notification[]): void,
  onUpdates?(batch: Update[]): void,
  onRetracts?(batch: Retract[]): void,
  /** Everything up to the cursor has been delivered. */
  onCursor?(cursor: Cursor): void,
  /** Counts of the recipient's inbox, the newest last. They include the notifications up to `countsAt`. */
  onCounts?(batch: Counts[], preferences: Preferences, isMuted: (notification: Notification) => boolean): void,
  /** The recipient of this page, before anything is delivered; '' is an anonymous visitor. */
  onRecipient?(recipient: string): void,
  onState?(state: StreamState): void,
  onGap?(gap: Gap): void,
  /** Marks of the recipient, made on any device. */
  onMarks?(batch: Mark[]): void,
};
export type Subscription = {
  close(): void,
  /** Calls the hub's API on behalf of the visitor: a GET without a body; with a body, a POST or the given `method`. */
  call(path: string, body?: object, method?: string): Promise<any>,
  /** Requests the recipient's counts; `onCounts` gets them. */
  refresh(): void,
  readonly cursor: Cursor | null,
  readonly state: StreamState,
};

/**
 * What one listener needs from the shared stream: its topics ('' stands for the topics of a stream that names none), and the cursor after which it resumes.
 * `term`: the term of the stream that covers it now, or 0. The leader drops the cursor once its stream covers the demand.
 */
export type TopicDemand = { topics: string[], cursor: Cursor | null, term: number };
/** The path of a tab's page, or '' if the page does not report it, and whether the tab is visible. */
export type TabPlace = { page: string, visible: boolean };

/** The leading tab's stream. */
export type LeaderState = {
  /** The term of the stream. Each new stream has a higher term; tabs ignore lower ones. */
  term: number,
  /** The topics of the stream; '' stands for `inbox`. */
  topics: Set<string>,
  /** The cursor of the last frame with content, or else the cursor after which the stream began. */
  delivered: Cursor | null,
  /** The newest known cursor. A listener without a cursor begins here. */
  head: Cursor | null,
  stream: StreamState,
  inbox: string[],
  preferences?: Preferences,
};

/** The messages between the tabs that share a stream. A tab also receives its own. `from` is the random id of the sending tab. */
export type TabMessage =
  /** From a new leader: requests the demands of every tab. */
  | { type: 'report', from: number }
  /** From any tab, when its listeners or its page change, and as the answer to `report`. */
  | { type: 'demands', from: number, demands: TopicDemand[], place: TabPlace }
  /** From a tab that closes, or that changes to another recipient. */
  | { type: 'leave', from: number }
  /** From the leader, when its stream changes, and as the answer to `demands`. */
  | { type: 'state', from: number, state: LeaderState }
  /** From the leader: one frame of its stream. `name` has no prefix `hub.`. */
  | { type: 'frame', from: number, term: number, name: string, cursor: Cursor, data: any };

export type UnreadOptions = {
  hub?: string,
  tokenUrl?: string,
  token?: TokenFunction,
  topics?: string[],
  /** Which count of a recipient: `unseen` (default), until the list is opened; or `unread`, until each notification is read. */
  mode?: 'unseen' | 'unread',
  presence?: boolean,
  onChange?(count: number): void,
  onNotifications?(batch: Notification[]): void,
  onUpdates?(batch: Update[]): void,
  onRetracts?(batch: Retract[]): void,
  onState?(state: StreamState): void,
};
export type Unread = { readonly count: number, readonly state: StreamState, clear(upTo?: Cursor): void, close(): void };

/** A notification in a recipient's inbox. */
export type InboxItem = Notification & { seen: boolean, read: boolean, archived: boolean, snoozedUntil: string | null, muted: boolean };

type Plural = { other: string } & Record<string, string>;
/** The texts of the inbox. Placeholders: `{n}` is a number, `{topic}` a topic, `{type}` a type, `{time}` a time, `{zone}` a time zone. Plural forms have the names of `Intl.PluralRules`. */
export type InboxTexts = {
  title: string, unread: Plural, more: string, isUnread: string, all: string, unreadTab: string, archived: string, readAll: string, close: string,
  moreActions: string, archive: string, unarchive: string, markRead: string, markUnread: string, mute: string,
  snoozeUntil: string, inAnHour: string, thisEvening: string, tomorrow: string, nextWeek: string, chooseTime: string, set: string,
  loading: string, end: string, empty: string, emptyHint: string, noneUnread: string, noneUnreadHint: string, noneArchived: string, noneArchivedHint: string, failed: string,
  failedHint: string, tryNow: string, offline: string, nobody: string, dismiss: string, burst: string, info: string, success: string, warning: string, critical: string,
  /** By the action that the hub refused; the text `restored` follows. */
  refused: { read: string, unread: string, archive: string, unarchive: string, snooze: string }, restored: string,
  /** Display names by topic. `own` names the recipient's own topic, and `broadcast` the topic `broadcast`. */
  topics?: Record<string, string>, own: string, broadcast: string, notMuted: string, settings: string, back: string, mutedHead: string, unmute: string, type: string, noneMuted: string,
  quietHead: string, quiet: string, from: string, to: string, zone: string, through: string, saved: string, notSaved: string, badTimes: string, notNow: string,
};
