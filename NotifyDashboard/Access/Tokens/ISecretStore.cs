namespace NotifyDashboard.Access.Tokens;

/// <summary>Random keys that are the hub's own, 32 bytes each, made with its database.</summary>
internal interface ISecretStore
{
    /// <summary>Keys the names that pages know recipients by.</summary>
    const string Recipient = "recipient";

    byte[] Read(string name);
}
