using System.Net;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

public class SignInThrottleTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");

    private readonly SettableTime _time = new();
    private readonly SignInThrottle _throttle;

    public SignInThrottleTests() => _throttle = new(_time);

    [Fact]
    public void Five_wrong_passwords_are_free_and_the_sixth_waits_30_seconds()
    {
        for (var left = 4; left >= 0; left--) Assert.Equal((true, left), Begin("mara"));
        Assert.False(_throttle.TryBegin("mara", Here, false, out var wait, out _));
        Assert.Equal(TimeSpan.FromSeconds(30), wait);
        _time.Advance(wait);
        Assert.True(Begin("mara").Allowed);
    }

    [Fact]
    public void The_wait_doubles_up_to_15_minutes()
    {
        for (var i = 0; i < 5; i++) Begin("mara");
        var waits = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            _throttle.TryBegin("mara", Here, false, out var wait, out _);
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait);
            Begin("mara");
        }
        Assert.Equal([30, 60, 120, 240, 480, 900, 900], waits);
    }

    [Fact]
    public void Throttled_name_and_address_do_not_delay_another_name_or_another_address()
    {
        for (var i = 0; i < 6; i++) Begin("mara");
        Assert.True(Begin("theo").Allowed);
        Assert.True(_throttle.TryBegin("mara", IPAddress.Parse("192.0.2.2"), false, out _, out _));
        Assert.False(Begin("MARA").Allowed);
    }

    [Fact]
    public void Thirty_wrong_passwords_from_one_address_are_free_and_correct_ones_do_not_count()
    {
        for (var i = 0; i < 29; i++) Begin($"name {i}");
        for (var i = 0; i < 5; i++)
        {
            Begin("mara");
            if (i < 4) _throttle.Succeeded("mara", Here);
        }
        Assert.False(_throttle.TryBegin("theo", Here, false, out var wait, out _));
        Assert.Equal(TimeSpan.FromSeconds(30), wait);
        Assert.True(_throttle.TryBegin("theo", IPAddress.Parse("192.0.2.2"), false, out _, out _));
    }

    [Fact]
    public void Address_limit_does_not_apply_behind_an_undeclared_proxy()
    {
        for (var i = 0; i < 100; i++) Assert.True(_throttle.TryBegin($"name {i}", Here, true, out _, out _));
    }

    [Fact]
    public void A_whole_IPv6_network_counts_as_one_address()
    {
        for (var i = 1; i <= 5; i++) _throttle.TryBegin("mara", IPAddress.Parse($"2001:db8:0:1::{i}"), false, out _, out _);
        Assert.False(_throttle.TryBegin("mara", IPAddress.Parse("2001:db8:0:1::6"), false, out _, out _));
        Assert.True(_throttle.TryBegin("mara", IPAddress.Parse("2001:db8:0:2::1"), false, out _, out _));
    }

    [Fact]
    public void Correct_password_or_an_hour_without_attempts_resets_the_count()
    {
        for (var i = 0; i < 4; i++) Begin("mara");
        _throttle.Succeeded("Mara", Here);
        Assert.Equal((true, 4), Begin("mara"));
        Begin("mara");
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal((true, 4), Begin("mara"));
    }

    [Fact]
    public void Throttle_over_its_capacity_keeps_the_most_active_entry()
    {
        for (var i = 0; i < 2 * SignInThrottle.Capacity; i++)
        {
            if (i % 1000 == 0) for (var again = 0; again < 5; again++) Begin("mara");
            _time.Advance(TimeSpan.FromMilliseconds(1));
            _throttle.TryBegin($"name {i}", new IPAddress(0x0A000000 + i), false, out _, out _);
        }
        Assert.False(Begin("mara").Allowed);
    }

    private (bool Allowed, int Left) Begin(string name) => (_throttle.TryBegin(name, Here, false, out _, out var left), left);
}
