namespace NotifyDashboard.Bench.Servers;

/// <summary>nginx with nchan, one worker, as Debian packages them.</summary>
internal sealed class NchanServer(Options options) : ServerUnderTest("nchan", options)
{
    public const string Missing = "Debian's packages nginx and libnginx-mod-nchan are not installed";

    private static readonly string[] Programs = ["/usr/sbin/nginx", "/usr/lib/nginx/modules/ngx_nchan_module.so"];

    public static bool IsInstalled => Programs.All(File.Exists);

    public override bool HasTopics => true;

    public override bool Resumes => true;

    protected override (string Program, string[] Arguments) Command()
    {
        var file = Path.Combine(Folder, "nginx.conf");
        var text = File.ReadAllText(Peers.File("nchan.conf"));
        File.WriteAllText(file, text.Replace("@FOLDER@", Folder, StringComparison.Ordinal).Replace("@PORT@", $"{Port}", StringComparison.Ordinal));
        return (Programs[0], ["-c", file, "-e", "stderr"]);
    }
}
