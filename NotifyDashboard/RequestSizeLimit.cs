using Microsoft.AspNetCore.Http.Metadata;

namespace NotifyDashboard;

/// <summary>The maximum size of an endpoint's request bodies in bytes.</summary>
/// <remarks>The framework's attribute of the same name would load MVC (1.4 MB), which nothing else here needs.</remarks>
internal sealed record RequestSizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
