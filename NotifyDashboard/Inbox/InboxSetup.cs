using Microsoft.Extensions.Options;

namespace NotifyDashboard.Inbox;

internal static class InboxSetup
{
    public static IServiceCollection AddInbox(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<InboxOptions>, InboxOptionsValidator>()
            .AddOptions<InboxOptions>().BindConfiguration(InboxOptions.Section).ValidateOnStart();
        return services;
    }
}
