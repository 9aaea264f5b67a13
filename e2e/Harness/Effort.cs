namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>How often a test tries. <c>./test.sh --thorough</c> asks for more than every run needs.</summary>
public static class Effort
{
    private static readonly bool IsThorough = Environment.GetEnvironmentVariable("NOTIFYDASHBOARD_THOROUGH") == "1";

    public static int Of(int usual, int thorough) => IsThorough ? thorough : usual;
}
