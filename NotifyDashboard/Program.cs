using NotifyDashboard.Components;
using NotifyDashboard.Operating;
using NotifyDashboard.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddStorage();
builder.Services.AddSingleton<BootId>();
builder.Services.AddPages();

var app = builder.Build();
app.UseStorage();
app.UseAntiforgery();
app.MapHealth();
app.MapPages();
app.Run();

/// <summary>The entry point, named so that tests can start it.</summary>
public partial class Program;
