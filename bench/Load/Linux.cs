using System.ComponentModel;
using System.Net;
using System.Runtime.InteropServices;

namespace NotifyDashboard.Bench.Load;

/// <summary>The few calls of the kernel that ten thousand connections on one core need. Linux only; addresses are loopback.</summary>
internal static unsafe partial class Linux
{
    private const int Inet = 2, Tcp = 6, NoDelay = 1, SocketLevel = 1, ReuseAddress = 2, SocketError = 4, StreamType = 1, NonBlocking = 0x800, CloseOnExec = 0x80000;
    private const int DontWait = 0x40, NoSignal = 0x4000, WouldBlock = 11, InProgress = 115, Terminate = 15;

    /// <summary>A connection that is being made, or, where <paramref name="blocking"/>, is made.</summary>
    public static int Connect(int port, bool blocking = false)
    {
        var descriptor = Check(Socket(Inet, StreamType | CloseOnExec | (blocking ? 0 : NonBlocking), 0));
        var address = Loopback(port);
        if (Connect(descriptor, &address, sizeof(SocketAddress)) < 0 && Marshal.GetLastPInvokeError() != InProgress) throw new Win32Exception();
        SetOption(descriptor, Tcp, NoDelay);
        return descriptor;
    }

    public static int Listen(int port)
    {
        var descriptor = Check(Socket(Inet, StreamType | CloseOnExec | NonBlocking, 0));
        SetOption(descriptor, SocketLevel, ReuseAddress);
        var address = Loopback(port);
        Check(Bind(descriptor, &address, sizeof(SocketAddress)));
        Check(Listen(descriptor, 4096));
        return descriptor;
    }

    /// <summary>The next connection, or -1 where none waits.</summary>
    public static int Accept(int listener)
    {
        var descriptor = Accept(listener, null, null, NonBlocking | CloseOnExec);
        if (descriptor >= 0) SetOption(descriptor, Tcp, NoDelay);
        return descriptor;
    }

    /// <summary>Whether a connection that was being made came about.</summary>
    public static bool IsConnected(int descriptor)
    {
        int error, length = sizeof(int);
        return GetOption(descriptor, SocketLevel, SocketError, &error, &length) == 0 && error == 0;
    }

    /// <summary>How many bytes came; 0 where the connection has ended, -1 where nothing is there now.</summary>
    public static int Receive(int descriptor, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            var received = (int)Receive(descriptor, start, buffer.Length, DontWait);
            return received >= 0 ? received : Marshal.GetLastPInvokeError() == WouldBlock ? -1 : 0;
        }
    }

    /// <summary>Whether all of it was taken. A blocking connection waits until it is.</summary>
    public static bool Send(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes) return Send(descriptor, start, bytes.Length, NoSignal) == bytes.Length;
    }

    /// <summary>Keeps this thread, and what it starts from now on, on one core.</summary>
    public static void Pin(int core)
    {
        var mask = 1UL << core;
        Check(SetAffinity(0, sizeof(ulong), &mask));
    }

    /// <summary>Asks a process to stop, as a service manager does.</summary>
    public static void Stop(int process) => _ = Kill(process, Terminate);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    private static int Check(int result) => result >= 0 ? result : throw new Win32Exception();

    private static SocketAddress Loopback(int port) => new() { Family = Inet, Port = (ushort)IPAddress.HostToNetworkOrder((short)port), Address = (uint)IPAddress.HostToNetworkOrder(0x7f000001) };

    private static void SetOption(int descriptor, int level, int option)
    {
        var on = 1;
        Check(SetOption(descriptor, level, option, &on, sizeof(int)));
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SocketAddress
    {
        public ushort Family;
        public ushort Port;
        public uint Address;
        public ulong Zero;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int descriptor, SocketAddress* address, int length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int descriptor, SocketAddress* address, int length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    private static partial int Listen(int descriptor, int backlog);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    private static partial int Accept(int descriptor, void* address, int* length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int descriptor, byte* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int descriptor, byte* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int descriptor, int level, int option, void* value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(int descriptor, int level, int option, void* value, int* length);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nint size, void* mask);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
