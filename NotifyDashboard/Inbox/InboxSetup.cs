using Microsoft.Extensions.Options;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

internal static class InboxSetup
{
    public static IServiceCollection AddInbox(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<InboxOptions>, InboxOptionsValidator>()
            .AddOptions<InboxOptions>().BindConfiguration(InboxOptions.Section).ValidateOnStart();
        return services.AddSingleton<IInbox>(provider => provider.GetRequiredService<IInboxStore>()).AddSingleton<Inboxes>().AddSingleton<RecipientRecords>().AddHostedService<SnoozeWork>().AddHostedService<TrimWork>();
    }
}
