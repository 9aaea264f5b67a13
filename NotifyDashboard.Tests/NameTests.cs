using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace NotifyDashboard.Tests;

/// <summary>Names that were this project's private dialect, and the field's terms that took their place.</summary>
public partial class NameTests
{
    private static readonly string[] Folders = ["wwwroot-shared/wwwroot", "NotifyDashboard/wwwroot", "NotifyDashboard/Components", "NotifyDashboard/Demo"];

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
    [InlineData("DraftFault", "ValidationError")]
    [InlineData("FairTurns", "FairLimiter")]
    [InlineData("PasswordTurns", "PasswordLimiter")]
    [InlineData("InboxNews", "InboxUpdate")]
    [InlineData("InboxAct", "InboxAction")]
    [InlineData("TakenOut", "RemovedWords")]
    [InlineData("IsAway", "IsSnoozed")]
    [InlineData("FiredAs", "PublishedAs")]
    [InlineData("KeptUntil", "RetainUntil")]
    [InlineData("NoteUsesAsync", "RecordUsesAsync")]
    [InlineData("PassOver", "MaxNonMatchingRows")]
    [InlineData("Patience", "Timeout")]
    [InlineData("TellAsync", "NotifyAsync")]
    [InlineData("IsForAnyone", "IsPublicAccess")]
    public void No_type_or_member_uses_a_replaced_name(string name, string instead)
    {
        var found = typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetMembers(All).Append(type)).Where(member => member.Name == name).ToList();
        Assert.True(found.Count == 0, $"{string.Join(", ", found)}: say {instead}.");
    }

    [Theory]
    [InlineData("box", "field, container, InboxModel")]
    [InlineData("wish", "SubscribeOptions")]
    [InlineData("wants", "TopicDemand, matches")]
    [InlineData("robbed", "lock stolen")]
    [InlineData("learn", "update")]
    public void No_script_has_an_old_name(string name, string instead)
    {
        var word = new Regex($@"(?<![-\w]){name}(?![-\w])");
        var found = Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.js", SearchOption.AllDirectories)).Where(file => word.IsMatch(Comments().Replace(File.ReadAllText(file), ""))).ToList();
        Assert.True(found.Count == 0, $"{string.Join(", ", found)}: say {instead}.");
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetDirectoryName(Path.GetDirectoryName(here))!;

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();
}
