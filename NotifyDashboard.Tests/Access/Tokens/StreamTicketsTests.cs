using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access.Tokens;

public class StreamTicketsTests
{
    private readonly SettableTime _time = new();
    private readonly Recipient _alice = new("alice", ["users/alice"]) { Handle = "a" };
    private readonly StreamTickets _tickets;

    public StreamTicketsTests() => _tickets = new(_time);

    [Fact]
    public void A_ticket_works_once()
    {
        var ticket = _tickets.Create(_alice)!;
        Assert.Same(_alice, _tickets.Take(ticket.Text));
        Assert.Null(_tickets.Take(ticket.Text));
        Assert.Null(_tickets.Take(""));
    }

    [Fact]
    public void A_ticket_is_worthless_after_thirty_seconds()
    {
        var ticket = _tickets.Create(_alice)!;
        _time.Advance(StreamTickets.Lifetime);
        Assert.Null(_tickets.Take(ticket.Text));
    }

    [Fact]
    public void A_ticket_does_not_outlive_the_token()
    {
        var ticket = _tickets.Create(_alice with { ExpiresAt = _time.GetUtcNow() + TimeSpan.FromSeconds(5) })!;
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(_tickets.Take(ticket.Text));
    }

    [Fact]
    public void Open_tickets_per_recipient_are_limited_until_they_are_used_or_expire()
    {
        var first = _tickets.Create(_alice)!;
        for (var i = 1; i < StreamTickets.PerRecipient; i++) Assert.NotNull(_tickets.Create(_alice));
        Assert.Null(_tickets.Create(_alice));
        Assert.NotNull(_tickets.Create(new Recipient("bob", []) { Handle = "b" }));
        _tickets.Take(first.Text);
        Assert.NotNull(_tickets.Create(_alice));
        Assert.Null(_tickets.Create(_alice));
        _time.Advance(StreamTickets.Lifetime);
        Assert.NotNull(_tickets.Create(_alice));
    }

    [Fact]
    public void Open_tickets_of_all_recipients_are_limited_until_they_expire()
    {
        for (var i = 0; i < StreamTickets.Capacity; i++) Assert.NotNull(_tickets.Create(new Recipient("", []) { Handle = $"{i}" }));
        Assert.Null(_tickets.Create(_alice));
        _time.Advance(StreamTickets.Lifetime);
        Assert.NotNull(_tickets.Create(_alice));
    }
}
