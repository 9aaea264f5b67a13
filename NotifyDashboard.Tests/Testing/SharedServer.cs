namespace NotifyDashboard.Tests.Testing;

/// <summary>One server for all tests of a class that leave each other alone: each has topics, recipients and operators of its own.</summary>
public class SharedServer : IAsyncDisposable
{
    public SharedServer()
        : this([])
    {
    }

    protected SharedServer(params (string Key, string? Value)[] settings) => Hub = Hubs.Start(settings);

    public HubServer Hub { get; }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Hub.DisposeAsync();
    }
}

/// <summary>One that takes the tokens of <see cref="Jwt"/>.</summary>
public sealed class SharedTokenServer() : SharedServer(Jwt.Pairs);

/// <summary>One that takes these tokens too, and has the operator of <see cref="AccountPages.WithMara"/>.</summary>
public sealed class SharedOperatorServer() : SharedServer([.. Jwt.Pairs, .. AccountPages.WithMara.Select(s => (s.Key, s.Value))]);
