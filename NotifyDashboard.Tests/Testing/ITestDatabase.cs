using NotifyDashboard.Storage;

namespace NotifyDashboard.Tests.Testing;

/// <summary>An empty database as the migrations leave it, of whatever kind.</summary>
internal interface ITestDatabase : IAsyncDisposable
{
    Database Database { get; }

    /// <summary>Lets every read and every write fail, until what it returns is disposed.</summary>
    IDisposable Fail();
}
