using System.Data.Common;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using NotifyDashboard.Access;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;
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
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<SqliteDataSource>());
        services.AddSingleton<SqliteWriter>().AddSingleton<IStoreWriter>(provider => provider.GetRequiredService<SqliteWriter>()).AddSingleton<Database>();
        services.AddSingleton<INotificationLog, SqliteNotificationLog>();
        services.AddSingleton<StoreCheck>().AddHealthChecks().AddCheck<StoreCheck>("store", timeout: StoreCheck.Patience);
        return services.AddSingleton<IOperatorStore, OperatorStore>().AddSingleton<IOperatorSessionStore, OperatorSessionStore>().AddSingleton<IApiKeyStore, ApiKeyStore>()
            .AddSingleton<IOneTimeLinkStore, OneTimeLinkStore>().AddSingleton<IAuditLog, AuditLog>().AddSingleton<IDeliveryStore, DeliveryStore>().AddSingleton<IScheduleStore, ScheduleStore>().AddSingleton<IXmlRepository, DataProtectionKeyStore>().AddSingleton<ISecretStore, SecretStore>().AddSingleton<IInboxStore, SqliteInboxStore>().AddSingleton<IRecipientData, RecipientDataStore>();
    }

    /// <summary>Opens the store now; throws <see cref="StoreException"/> with a sentence for the administrator.</summary>
    public static void UseStorage(this IHost app) => app.Services.GetRequiredService<SqliteWriter>();
}
