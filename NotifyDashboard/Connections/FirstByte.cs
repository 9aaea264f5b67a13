using Microsoft.AspNetCore.Connections;

namespace NotifyDashboard.Connections;

/// <summary>Closes connections whose peer sends nothing. Kestrel itself would wait more than two minutes for the first request.</summary>
internal static class FirstByte
{
    public static ConnectionDelegate Within(TimeSpan patience, ConnectionDelegate next) => async connection =>
    {
        var input = connection.Transport.Input;
        await using (new Timer(static input => ((System.IO.Pipelines.PipeReader)input!).CancelPendingRead(), input, patience, Timeout.InfiniteTimeSpan))
        {
            try
            {
                var read = await input.ReadAsync(connection.ConnectionClosed);
                // Nothing is consumed or examined, so Kestrel's reader gets the bytes at once.
                input.AdvanceTo(read.Buffer.Start);
                if (read.IsCanceled)
                {
                    connection.Abort();
                    return;
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or ConnectionAbortedException)
            {
                // Normal: the peer has closed the connection before it sent anything.
                return;
            }
        }
        await next(connection);
    };
}
