namespace NotifyDashboard;

/// <summary>Adds HEAD to every GET endpoint (RFC 9110, 9.1 and 9.3.2): uptime probes and link checkers send it. Kestrel omits the body.</summary>
internal static class HeadRequests
{
    public static T WithHead<T>(this T endpoints) where T : IEndpointConventionBuilder
    {
        endpoints.Finally(static endpoint =>
        {
            if (endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is not { } methods
                || !methods.HttpMethods.Contains(HttpMethods.Get) || methods.HttpMethods.Contains(HttpMethods.Head)) return;
            endpoint.Metadata.Add(new HttpMethodMetadata([.. methods.HttpMethods, HttpMethods.Head], methods.AcceptCorsPreflight));
        });
        return endpoints;
    }
}
