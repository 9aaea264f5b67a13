namespace NotifyDashboard.Hub;

/// <summary>Tells how full the store is.</summary>
internal interface IStoreSpace
{
    /// <returns>Null where it cannot be known.</returns>
    StoreSpace? Read();
}

/// <summary>Bytes of the store.</summary>
/// <param name="Used">What the store takes itself.</param>
/// <param name="Free">What is left where it lies.</param>
/// <param name="Total">The size of that disk.</param>
internal readonly record struct StoreSpace(long Used, long Free, long Total)
{
    private const long MiB = 1024L * 1024;

    /// <summary>Less than a tenth is left where that is less than 10 GiB, or less than 100 MiB.</summary>
    public bool IsNearlyFull => Free < Math.Max(100 * MiB, Math.Min(Total / 10, 10 * 1024 * MiB));
}
