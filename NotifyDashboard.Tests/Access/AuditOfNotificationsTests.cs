using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

/// <summary>What operators do with notifications stands in the audit one by one, what keys do once an hour, each with an address.</summary>
public sealed class AuditOfNotificationsTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private HubServer _hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hub = HubServer.Start(AccountPages.WithMara, services => services.AddSingleton<TimeProvider>(_time));
        // Not to stay: such a cookie would have expired by the client's own clock.
        using var signedIn = await _hub.Http.SubmitAsync(new(_hub.Address, "/sign-in"), ("Input.Name", "mara"), ("Input.Password", AccountPages.Password));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Fact]
    public async Task Audit_records_each_publish_change_and_retract_by_an_operator_once()
    {
        var ids = await SendAsync(HttpMethod.Post, "/api/notifications", new object[] { Draft(), new { topic = new[] { "users/alice", "orders" }, title = "Secret", @private = true } });
        var (first, second) = (ids[0].GetProperty("id").GetString()!, ids[1].GetProperty("id").GetString()!);
        await SendAsync(HttpMethod.Patch, $"/api/notifications/{first}", new { title = "Other" });
        await SendAsync(HttpMethod.Delete, $"/api/notifications/{first}");
        // Twice is as once.
        await SendAsync(HttpMethod.Delete, $"/api/notifications/{first}");
        Assert.Equal(
            [(AuditActions.Retracted, first, "broadcast"), (AuditActions.Changed, first, "broadcast"), (AuditActions.Fired, second, "2 topics"), (AuditActions.Fired, first, "broadcast")],
            (await ReadAsync("mara")).Take(4).Select(entry => (entry.Action, entry.Target!, entry.Detail!)));
        Assert.DoesNotContain(await ReadAsync(null), entry => $"{entry}".Contains("alice", StringComparison.Ordinal) || $"{entry}".Contains("Secret", StringComparison.Ordinal));
        Assert.All((await ReadAsync("mara")).Take(5), entry => Assert.True(IPAddress.TryParse(entry.Actor.Address, out _)));
    }

    [Fact]
    public async Task Audit_records_schedule_move_cancel_and_publish_of_a_scheduled_notification()
    {
        var planned = await SendAsync(HttpMethod.Post, "/api/notifications", Draft(publishAt: Minutes(5)));
        var id = planned.GetProperty("id").GetString()!;
        var moved = Minutes(10);
        await SendAsync(HttpMethod.Patch, $"/api/scheduled/{id}", new { publishAt = moved });
        var other = (await SendAsync(HttpMethod.Post, "/api/notifications", Draft(publishAt: Minutes(5)))).GetProperty("id").GetString()!;
        await SendAsync(HttpMethod.Delete, $"/api/scheduled/{other}");
        _time.Advance(TimeSpan.FromMinutes(11));
        await Eventually.TrueAsync(async () => (await ReadAsync("mara"))[0].Action == AuditActions.Fired);
        var entries = (await ReadAsync("mara")).Take(5).ToList();
        Assert.Equal([AuditActions.Fired, AuditActions.Cancelled, AuditActions.Scheduled, AuditActions.Moved, AuditActions.Scheduled], entries.Select(entry => entry.Action));
        Assert.Equal(["schedule", .. Enumerable.Repeat(entries[1].Actor.Address, 4)], entries.Select(entry => entry.Actor.Address));
        Assert.Equal((other, id, $"for {moved}"), (entries[1].Target, entries[3].Target, entries[3].Detail));
    }

    [Fact]
    public async Task Audit_records_the_use_of_a_key_once_an_hour()
    {
        var key = await _hub.Services.GetRequiredService<ApiKeys>().CreateAsync("mara", "Shop", Actions.All, ["*"]);
        foreach (var minutes in new[] { 0, 1, 59, 0 })
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            await SendAsync(HttpMethod.Post, "/api/notifications", Draft(), key);
            await SendAsync(HttpMethod.Post, "/api/notifications", Draft(publishAt: Minutes(600)), key);
            await _hub.Services.GetRequiredService<ApiKeyUses>().FlushAsync();
        }
        var entries = (await ReadAsync("Shop")).Where(entry => entry.Actor.Name == "Shop").ToList();
        Assert.Equal([AuditActions.KeyUsed, AuditActions.KeyUsed], entries.Select(entry => entry.Action));
        Assert.All(entries, entry => Assert.True(IPAddress.TryParse(entry.Actor.Address, out _)));
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private static object Draft(string? publishAt = null) => publishAt is null ? new { topic = Topic.Broadcast, title = "Secret" } : new { topic = "t", title = "Secret", publishAt };

    private string Minutes(int ahead) => TimeText.Of(_time.GetUtcNow().AddMinutes(ahead));

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_hub.Address, path)) { Content = JsonContent.Create(body ?? new { }) };
        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        else request.Headers.Add("Origin", _hub.Address.GetLeftPart(UriPartial.Authority));
        using var answer = await _hub.Http.SendAsync(request, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancellation)}");
        return answer.StatusCode == HttpStatusCode.NoContent ? default : await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    private async Task<List<AuditEntry>> ReadAsync(string? who) => [.. (await _hub.Services.GetRequiredService<IAuditLog>().ReadAsync(new(Who: who), Cancellation)).Select(row => row.Entry)];
}
