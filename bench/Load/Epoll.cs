using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NotifyDashboard.Bench.Load;

/// <summary>Which of many connections have something to read. One wait costs the same however many they are.</summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    private const int Most = 1024, Readable = 1, Writable = 4, AddIt = 1, ChangeIt = 3;

    // The kernel packs epoll_event on x64 alone: 4 bytes of flags, then 8 of ours.
    private static readonly int Size = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private readonly byte[] _events = new byte[Most * 16];
    private readonly int _descriptor = Create(0x80000);

    public void AddReading(int descriptor, int id) => Control(AddIt, descriptor, Readable, id);

    /// <summary>Speaks up once the connection is made.</summary>
    public void AddConnecting(int descriptor, int id) => Control(AddIt, descriptor, Writable, id);

    public void ChangeToReading(int descriptor, int id) => Control(ChangeIt, descriptor, Readable, id);

    /// <summary>How many are ready; <see cref="this[int]"/> says which.</summary>
    public int Wait(int milliseconds)
    {
        fixed (byte* events = _events) return Math.Max(0, Wait(_descriptor, events, Most, milliseconds));
    }

    public int this[int index] => MemoryMarshal.Read<int>(_events.AsSpan(((index + 1) * Size) - 8));

    public void Dispose() => _ = Linux.Close(_descriptor);

    private void Control(int operation, int descriptor, int flags, int id)
    {
        var change = stackalloc byte[16];
        *(int*)change = flags;
        *(long*)(change + Size - 8) = id;
        if (Control(_descriptor, operation, descriptor, change) < 0) throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int descriptor, byte* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    private static partial int Wait(int epoll, byte* events, int most, int milliseconds);
}
