using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Storage;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every store of secrets, whatever its database.</summary>
public abstract class SecretStoreContract : StoreContract
{
    private protected override IReadOnlyList<Func<Task>> Uses => [() => Task.FromResult(Read(ISecretStore.Recipient))];

    [Fact]
    public void Each_secret_has_32_bytes_of_its_own_that_do_not_change()
    {
        var (recipient, demo) = (Read(ISecretStore.Recipient), Read("demo"));
        Assert.Equal((32, 32), (recipient.Length, demo.Length));
        Assert.NotEqual(recipient, demo);
        Assert.All([recipient, demo], secret => Assert.True(secret.Distinct().Count() > 8));
        Assert.Equal(recipient, Read(ISecretStore.Recipient));
        Assert.Equal(demo, Read("demo"));
    }

    // As a new process would.
    private byte[] Read(string name) => new SecretStore(Database).Read(name);
}
