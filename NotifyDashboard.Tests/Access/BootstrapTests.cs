using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

public class BootstrapTests
{
    private const string FirstKey = "first-key-first-key-first-key-01";
    private const string SecondKey = "second-key-second-key-second-key";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bootstrap_operator_is_created_once_and_keeps_its_password_when_the_setting_changes()
    {
        await using var hub = HubServer.Start(AccountPages.WithMara);
        await hub.RestartAsync(new() { ["Access:Bootstrap:OperatorPassword"] = "another horse 9" });
        using var changed = await hub.Http.SignInAsync(hub, password: "another horse 9");
        using var kept = await hub.Http.SignInAsync(hub);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (changed.StatusCode, kept.StatusCode));
    }

    [Fact]
    public async Task With_a_bootstrap_operator_there_is_no_set_up_link()
    {
        await using var output = new StringWriter();
        await using var hub = HubServer.Start(AccountPages.WithMara, services => services.AddSingleton(new BannerOutput(output)));
        Assert.DoesNotContain("set-up", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(AccountPages.Password, output.ToString(), StringComparison.Ordinal);
        Assert.Contains("/demo", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_bootstrap_key_replaces_the_previous_key_and_can_be_changed_back()
    {
        await using var hub = HubServer.Start(new() { ["Access:Bootstrap:ApiKey"] = FirstKey });
        var made = await FindAsync(hub, FirstKey);
        Assert.Equal(Actions.All, made!.Actions);
        await hub.RestartAsync();
        Assert.Equal(made.Id, (await FindAsync(hub, FirstKey))!.Id);
        await hub.RestartAsync(new() { ["Access:Bootstrap:ApiKey"] = SecondKey });
        Assert.Null(await FindAsync(hub, FirstKey));
        Assert.NotNull(await FindAsync(hub, SecondKey));
        await hub.RestartAsync(new() { ["Access:Bootstrap:ApiKey"] = FirstKey });
        Assert.NotNull(await FindAsync(hub, FirstKey));
        Assert.Null(await FindAsync(hub, SecondKey));
    }

    [Fact]
    public async Task Revoked_bootstrap_key_stays_revoked_after_a_restart()
    {
        await using var hub = HubServer.Start(new() { ["Access:Bootstrap:ApiKey"] = FirstKey });
        await hub.Services.GetRequiredService<ApiKeys>().RevokeAsync("mara", (await FindAsync(hub, FirstKey))!.Id, "bootstrap");
        await hub.RestartAsync();
        Assert.Null(await FindAsync(hub, FirstKey));
    }

    private static Task<ApiKey?> FindAsync(HubServer hub, string key) => hub.Services.GetRequiredService<ApiKeys>().FindAsync(key, Cancellation);
}
