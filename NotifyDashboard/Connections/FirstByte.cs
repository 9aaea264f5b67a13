using Microsoft.AspNetCore.Connections;

namespace NotifyDashboard.Connections;

/// <summary>Closes connections whose peer says nothing: Kestrel would wait more than two minutes for the first request.</summary>
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
                // Not examined: the next reader gets it at once.
                input.AdvanceTo(read.Buffer.Start);
                if (read.IsCanceled)
                {
                    connection.Abort();
                    return;
                }
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException or ConnectionAbortedException)
            {
                // The peer has gone without a word.
                return;
            }
        }
        await next(connection);
    };
}
