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
    private const long GiB = 1024L * 1024 * 1024;

    /// <summary>Less than 1 GiB is left, or less than a tenth where that is less than 10 GiB.</summary>
    public bool IsNearlyFull => Free < GiB || (Free < Total / 10 && Free < 10 * GiB);
}
