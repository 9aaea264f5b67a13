using Microsoft.Extensions.Options;

namespace NotifyDashboard.Storage;

/// <summary>Where the data is stored. Configuration section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The kind of store. Today <c>Sqlite</c> alone: one file, no server.</summary>
    public string Provider { get; set; } = "Sqlite";

    /// <summary>ADO.NET connection string. A relative <c>Data Source</c> is taken from the content root; its folder is made if missing.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/notifydashboard.db";
}

internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        options.Provider != "Sqlite" ? ValidateOptionsResult.Fail($"Storage:Provider is \"{options.Provider}\"; this version knows only \"Sqlite\".")
        : string.IsNullOrWhiteSpace(options.ConnectionString) ? ValidateOptionsResult.Fail("Storage:ConnectionString is empty; give one such as \"Data Source=data/notifydashboard.db\".")
        // Each connection would open an empty database of its own.
        : options.ConnectionString.Contains(":memory:", StringComparison.OrdinalIgnoreCase) || options.ConnectionString.Contains("Mode=Memory", StringComparison.OrdinalIgnoreCase)
            ? ValidateOptionsResult.Fail("Storage:ConnectionString names a database in memory; give a file, such as \"Data Source=data/notifydashboard.db\".")
        : ValidateOptionsResult.Success;
}
