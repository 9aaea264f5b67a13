using Microsoft.Data.Sqlite;

namespace NotifyDashboard.EndToEnd.Faults;

/// <summary>What really stands in a server's database, read from aside.</summary>
internal static class StoredLog
{
    /// <summary>Cursor and data of each notification of the topic, in order.</summary>
    public static List<(string Id, string Data)> Read(string file, string topic)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT (SELECT epoch FROM epochs WHERE first_sequence <= n.sequence ORDER BY first_sequence DESC LIMIT 1) || '-' || n.sequence, n.data
            FROM notifications AS n JOIN notification_topics AS t ON t.sequence = n.sequence WHERE t.topic = $topic ORDER BY n.sequence
            """;
        command.Parameters.AddWithValue("$topic", topic);
        using var reader = command.ExecuteReader();
        var found = new List<(string, string)>();
        while (reader.Read()) found.Add((reader.GetString(0), reader.GetString(1)));
        return found;
    }

    /// <summary>Brings what a killed server left in the write-ahead log into the database's own file.</summary>
    public static void Checkpoint(string file)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }

    /// <summary>A connection of this process: another one than the server's.</summary>
    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
