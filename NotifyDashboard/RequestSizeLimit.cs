using Microsoft.AspNetCore.Http.Metadata;

namespace NotifyDashboard;

/// <summary>How many bytes the body of an endpoint's requests may have.</summary>
/// <remarks>The attribute of the same name would load MVC, which nothing else here needs: 1.4 MB.</remarks>
internal sealed record RequestSizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
