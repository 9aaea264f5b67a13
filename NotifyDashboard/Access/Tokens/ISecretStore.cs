namespace NotifyDashboard.Access.Tokens;

/// <summary>Random keys that are the hub's own, 32 bytes each, made with its database.</summary>
internal interface ISecretStore
{
    /// <summary>Keys the names that pages know recipients by.</summary>
    const string Recipient = "recipient";

    /// <summary>Signs the demo's tokens.</summary>
    const string Demo = "demo";

    byte[] Read(string name);
}
