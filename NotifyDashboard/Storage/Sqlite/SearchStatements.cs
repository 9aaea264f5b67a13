namespace NotifyDashboard.Storage.Sqlite;

/// <summary>The statements of the search file. <c>log</c> is the attached database. Its table <c>search_leftovers</c> holds the pending removals; <c>taken_out</c> holds those that were carried out (ADR 11).</summary>
internal static class SearchStatements
{
    // No commit waits for the disk: a power cut may undo the last ones, and then the file knows that it lacks these words. Before the database forgets a removal, TryEmptyWal carries everything to the disk.
    public const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000";

    // The index keeps no text, so a deletion has to name the old words.
    public const string Schema =
        """
        CREATE VIRTUAL TABLE words USING fts5 (title, body, data, topics, tags, content = '', detail = full, tokenize = 'unicode61 remove_diacritics 2');
        INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
        CREATE TABLE state (epoch TEXT NOT NULL, through INTEGER NOT NULL) STRICT;
        CREATE TABLE taken_out (sequence INTEGER PRIMARY KEY, id INTEGER NOT NULL) STRICT;
        """;

    public const string InsertState = "INSERT INTO state (epoch, through) VALUES (@epoch, 0)";

    public const string SelectState = "SELECT epoch AS Epoch, through AS Through FROM state";

    public const string SelectThrough = "SELECT through FROM state";

    public const string SetThrough = "UPDATE state SET through = @indexed";

    public const string SelectHead = "SELECT coalesce((SELECT seq FROM log.sqlite_sequence WHERE name = 'notifications'), 0)";

    public const string Find = "SELECT rowid FROM words WHERE words MATCH @match AND rowid < @before AND rowid >= @floor ORDER BY rowid DESC LIMIT @rows";

    /// <summary>Takes the file's write lock and changes nothing.</summary>
    public const string LockFile = "DELETE FROM taken_out WHERE sequence IS NULL";

    /// <summary>Chooses the notifications whose pending removals are carried out now.</summary>
    public const string InsertRemoved =
        """
        INSERT INTO taken_out (sequence, id)
        SELECT sequence, max(id) FROM log.search_leftovers GROUP BY sequence ORDER BY min(id) LIMIT @MaxRemovals
        """;

    public const string SelectRemoved = "SELECT sequence AS Sequence, id AS Id FROM taken_out";

    public const string DeleteRemoved = "DELETE FROM taken_out WHERE sequence = @Sequence AND id = @Id";

    public const string SetErases = "INSERT INTO words (words, rank) VALUES ('secure-delete', @erased)";

    /// <summary>Deletes the old words of the chosen notifications. The oldest pending removal of each names the words that were indexed.</summary>
    public const string DeleteWords =
        """
        INSERT INTO words (words, rowid, title, body, data, topics, tags)
        SELECT 'delete', l.sequence, fold(title), fold(body), fold(data), fold(topics), fold(tags)
        FROM taken_out JOIN log.search_leftovers AS l ON l.id = (SELECT min(id) FROM log.search_leftovers WHERE sequence = taken_out.sequence)
        WHERE l.sequence <= @through AND erased = @erased
        """;

    /// <summary>Indexes the present words of the chosen notifications, unless they were trimmed.</summary>
    public const string InsertPresentWords =
        """
        INSERT INTO words (rowid, title, body, data, topics, tags)
        SELECT sequence, fold(title), fold(body), fold(data), fold(topics), fold(tags)
        FROM log.notifications WHERE sequence IN (SELECT sequence FROM taken_out) AND sequence <= @through AND kind = 0
        """;

    public const string SelectNext =
        """
        SELECT count(*) AS Count, max(sequence) AS Last FROM (
          SELECT sequence FROM log.notifications WHERE sequence > @through AND kind = 0 ORDER BY sequence LIMIT @MaxRows)
        """;

    public const string InsertNext =
        """
        INSERT INTO words (rowid, title, body, data, topics, tags)
        SELECT sequence, fold(title), fold(body), fold(data), fold(topics), fold(tags)
        FROM log.notifications WHERE sequence > @through AND sequence <= @last AND kind = 0 ORDER BY sequence
        """;
}
