using Microsoft.Data.Sqlite;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>Commands that publishing repeats: each statement is prepared once for a connection, and afterwards only its parameters change.</summary>
internal sealed class PreparedCommands
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    /// <param name="parameters">For one statement always the same names in the same order.</param>
    public SqliteCommand Get(SqliteConnection connection, SqliteTransaction transaction, string statement, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(statement, out var command) || command.Connection != connection)
        {
            _commands[statement] = command = connection.CreateCommand();
            command.CommandText = statement;
            foreach (var (name, _) in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }
        command.Transaction = transaction;
        for (var i = 0; i < parameters.Length; i++) command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        return command;
    }
}
