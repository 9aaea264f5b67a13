using System.Security.Cryptography;

namespace NotifyDashboard.Hub;

/// <summary>An epoch of the log: <paramref name="Name"/> applies from <paramref name="FirstSequence"/> up to the first sequence of the next epoch.</summary>
public readonly record struct Epoch(string Name, long FirstSequence)
{
    /// <summary>A fresh random name: 8 characters, about 41 bits.</summary>
    public static string NewName() => RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyz", 8);
}

/// <summary>All epochs of a log. A restored backup starts a new one, so that cursors issued after the backup was made can be recognised.</summary>
public sealed class Epochs
{
    private readonly Epoch[] _epochs;

    /// <param name="epochs">At least one.</param>
    public Epochs(IEnumerable<Epoch> epochs)
    {
        _epochs = [.. epochs.OrderBy(e => e.FirstSequence)];
        ArgumentOutOfRangeException.ThrowIfZero(_epochs.Length);
    }

    /// <summary>The name of the current epoch, the newest one.</summary>
    public string Current => _epochs[^1].Name;

    /// <summary>The cursor of a sequence, with the epoch that the sequence belongs to.</summary>
    public Cursor CursorOf(long sequence)
    {
        for (var i = _epochs.Length - 1; i > 0; i--)
        {
            if (_epochs[i].FirstSequence <= sequence) return new Cursor(_epochs[i].Name, sequence);
        }
        return new Cursor(_epochs[0].Name, sequence);
    }

    /// <summary>
    /// Whether the cursor belongs to the current history of this log: its epoch is known, and its sequence is below the next epoch's first.
    /// Any other cursor of a known epoch was issued after the backup that was restored.
    /// </summary>
    public bool Contains(Cursor cursor)
    {
        var i = Array.FindIndex(_epochs, e => e.Name == cursor.Epoch);
        return i >= 0 && (i == _epochs.Length - 1 || cursor.Sequence < _epochs[i + 1].FirstSequence);
    }
}
