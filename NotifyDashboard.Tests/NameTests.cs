using System.Reflection;

namespace NotifyDashboard.Tests;

/// <summary>Names that were this project's private dialect, and the field's terms that took their place.</summary>
public class NameTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData("CalmStop", "ConnectionDrain")]
    [InlineData("DueWork", "ScheduleWorker")]
    [InlineData("NoteDue", "SetNextDue")]
    [InlineData("RunDueAsync", "ProcessDueAsync")]
    [InlineData("HotTail", "ReplayBuffer")]
    [InlineData("SparingLog", "LogThrottle")]
    [InlineData("HeadMark", "HeadFile")]
    [InlineData("IsMoot", "IsCoveredByReplay")]
    [InlineData("IsOver", "IsDeliverable, IsRetractedOrExpired")]
    [InlineData("IsGone", "IsWithdrawn")]
    [InlineData("MaxLooks", "MaxRowsScanned")]
    [InlineData("LogUnavailableException", "StoreUnavailableException")]
    [InlineData("SenderActs", "ActionGuard")]
    public void No_type_or_member_uses_a_replaced_name(string name, string instead)
    {
        var found = typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetMembers(All).Append(type)).Where(member => member.Name == name).ToList();
        Assert.True(found.Count == 0, $"{string.Join(", ", found)}: say {instead}.");
    }
}
