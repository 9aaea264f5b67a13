using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests;

/// <summary>Dependencies point one way; what is written in a folder may use only what stands here.</summary>
public class DependencyTests
{
    private const string Root = "NotifyDashboard.";
    private static readonly string[] Features = ["Subscribing", "Publishing", "Inbox", "Access", "Operating", "Monitoring"];
    private static readonly string[] Outside = ["Microsoft.AspNetCore", "Microsoft.Data", "Microsoft.JSInterop", "System.Data", "Dapper", "SQLitePCL", "MudBlazor"];

    private static readonly string[] Sqlite = ["Microsoft.Data.Sqlite", "SQLitePCL"];
    private static readonly string[] Sql = ["System.Data", "Dapper", .. Sqlite];

    [Theory]
    [InlineData("Hub")]
    [InlineData("EventStream", "Hub")]
    public void The_core_knows_no_web_no_sql_and_no_feature(string folder, params string[] allowed) => Assert.Empty(
        from reference in References(folder)
        where Outside.Any(ns => In(reference.To, ns)) || (In(reference.To, "NotifyDashboard") && !allowed.Append(folder).Any(f => In(reference.To, Root + f)))
        select reference.ToString());

    [Theory]
    [InlineData("Subscribing")]
    [InlineData("Publishing")]
    [InlineData("Inbox")]
    [InlineData("Access")]
    [InlineData("Operating")]
    [InlineData("Monitoring")]
    public void Features_meet_only_through_the_hub_and_the_policies(string folder) => Assert.Empty(
        from reference in References(folder)
        where Features.Where(f => f != folder).Concat(["Storage", "Components"]).Any(f => In(reference.To, Root + f))
        where reference.To.FullName != Root + "Access.Policies"
        select reference.ToString());

    [Fact]
    public void Connections_use_no_other_folder_than_Operating() => Assert.Empty(
        from reference in References("Connections")
        where Features.Where(f => f != "Operating").Concat(["Hub", "EventStream", "Storage", "Components", "Demo"]).Any(f => In(reference.To, Root + f))
        select reference.ToString());

    [Fact]
    public void The_store_calls_neither_pages_nor_features_that_run_the_hub_nor_the_hub_itself() => Assert.Empty(
        from reference in References("Storage")
        where reference.To.FullName == Root + "Hub.NotificationHub" || In(reference.To, Root + "Components") || In(reference.To, Root + "Operating") || In(reference.To, Root + "Subscribing")
        select reference.ToString());

    [Fact]
    public void Storage_uses_no_service_of_a_feature_only_interfaces_data_and_static_rules() => Assert.Empty(
        from reference in References("Storage")
        where Features.Any(feature => In(reference.To, Root + feature)) && IsService(reference.To)
        select reference.ToString());

    [Fact]
    public void Only_the_store_knows_SQL() => Assert.Empty(
        from type in typeof(Program).Assembly.GetTypes()
        where In(type, "NotifyDashboard") && !In(type, Root + "Storage")
        from reference in TypeReferences.Of(type)
        where Sql.Any(ns => In(reference.To, ns)) || (In(reference.To, Root + "Storage") && !In(type, Root + "Demo") && type.Name is not ("Program" or "StartError"))
        select reference.ToString());

    [Fact]
    public void Only_its_own_folder_knows_SQLite() => Assert.Empty(
        from reference in References("Storage")
        where !In(reference.From, Root + "Storage.Sqlite") && reference.From.Name != "StorageSetup"
        where Sqlite.Append(Root + "Storage.Sqlite").Any(ns => In(reference.To, ns))
        select reference.ToString());

    [Fact]
    public void Only_the_entry_point_knows_the_demo() => Assert.Empty(
        from type in typeof(Program).Assembly.GetTypes()
        where In(type, "NotifyDashboard") && !In(type, Root + "Demo") && type.Name != "Program"
        from reference in TypeReferences.Of(type)
        where In(reference.To, Root + "Demo")
        select reference.ToString());

    [Fact]
    public void The_walk_sees_method_bodies()
    {
        // Without this a walk that sees nothing would pass everything.
        Assert.Contains(References("Storage"), r => r.From.Name == "Database" && r.To.FullName == "Dapper.SqlMapper");
        Assert.Contains(References("Subscribing"), r => r.From.Name == "StreamEndpoint" && r.To.Name == "StreamConnection");
        Assert.Contains(References("Hub"), r => r.From.Name == "NotificationHub" && r.To.Name == "ReplayBuffer");
    }

    private static IEnumerable<TypeReferences.Reference> References(string folder) =>
        typeof(Program).Assembly.GetTypes().Where(t => In(t, Root + folder)).SelectMany(TypeReferences.Of).Distinct().OrderBy(r => r.ToString(), StringComparer.Ordinal);

    /// <summary>Neither an interface, nor data, nor a static class.</summary>
    private static bool IsService(Type type) => type is { IsClass: true, IsAbstract: false }
        && !typeof(Exception).IsAssignableFrom(type) && type.GetMethod("<Clone>$") is null && !type.Name.EndsWith("Options", StringComparison.Ordinal);

    private static bool In(Type type, string ns) => type.Namespace is { } own && (own == ns || own.StartsWith(ns + ".", StringComparison.Ordinal));
}
