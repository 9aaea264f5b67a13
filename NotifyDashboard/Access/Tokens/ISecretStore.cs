namespace NotifyDashboard.Access.Tokens;

/// <summary>The hub's own random keys, 32 bytes each, created together with its database.</summary>
internal interface ISecretStore
{
    /// <summary>The name of the key for recipients' handles, under which pages know them.</summary>
    const string Recipient = "recipient";

    byte[] Read(string name);
}
