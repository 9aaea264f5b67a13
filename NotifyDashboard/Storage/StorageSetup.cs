using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using NotifyDashboard.Access;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;
using NotifyDashboard.Monitoring;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Storage;

internal static class StorageSetup
{
    /// <summary>The store: opened and migrated on first use, which <see cref="UseStorage"/> forces before anything is served.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>()
            .AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.AddSingleton(provider =>
        {
            var source = new SqliteDataSource(provider.GetRequiredService<IOptions<StorageOptions>>().Value, provider.GetRequiredService<IHostEnvironment>().ContentRootPath);
            SqliteSchema.Migrate(source);
            if (PrivateFiles.FindShared(source.File) is { Count: > 0 } shared) StorageLog.FilesShared(provider.GetRequiredService<ILogger<SqliteDataSource>>(), string.Join(' ', shared.Select(ShellText.Quote)));
            return source;
        });
        // Neither the source nor the writer is registered again under an interface: the container would then dispose it in the reverse order of that later resolution, before the hub has stored what it accepted.
        services.AddSingleton<SqliteWriter>().AddSingleton(provider => new Database(provider.GetRequiredService<SqliteDataSource>(), provider.GetRequiredService<SqliteWriter>()));
        services.AddSingleton<INotificationLog, SqliteNotificationLog>();
        services.AddSingleton(provider => new StoreCheck(provider.GetRequiredService<SqliteWriter>(), provider.GetRequiredService<TimeProvider>())).AddHealthChecks().AddCheck<StoreCheck>("store", timeout: StoreCheck.Timeout);
        return services.AddSingleton<IOperatorStore, OperatorStore>().AddSingleton<IOperatorSessionStore, OperatorSessionStore>().AddSingleton<IApiKeyStore, ApiKeyStore>()
            .AddSingleton<IOneTimeLinkStore, OneTimeLinkStore>().AddSingleton<IAuditLog, AuditLog>().AddSingleton<IDeliveryStore, DeliveryStore>().AddSingleton<IActivityStore, ActivityStore>().AddSingleton<IStoreSpace, SqliteSpace>().AddSingleton<IScheduleStore, ScheduleStore>().AddSingleton<IXmlRepository, DataProtectionKeyStore>().AddSingleton<ISecretStore, SecretStore>().AddSingleton<IInboxStore, SqliteInboxStore>().AddSingleton<IRecipientData, RecipientDataStore>();
    }

    /// <summary>Opens the store now; throws <see cref="StoreException"/> with a message for the administrator.</summary>
    public static void UseStorage(this IHost app) => app.Services.GetRequiredService<SqliteWriter>();
}
