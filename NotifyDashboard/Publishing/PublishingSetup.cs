using Microsoft.Extensions.Options;

namespace NotifyDashboard.Publishing;

internal static class PublishingSetup
{
    public static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<PublishingOptions>, PublishingOptionsValidator>()
            .AddOptions<PublishingOptions>().BindConfiguration(PublishingOptions.Section).ValidateOnStart();
        return services.AddSingleton<PublishLimit>();
    }
}
