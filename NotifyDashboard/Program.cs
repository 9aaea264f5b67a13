using NotifyDashboard.Access;
using NotifyDashboard.Components;
using NotifyDashboard.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddStorage();
builder.Services.AddAccess();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();

var app = builder.Build();
app.UseStorage();
app.UseAccess();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization(Policies.Operator);
app.Run();

/// <summary>The entry point, named so that tests can start it.</summary>
public partial class Program;
