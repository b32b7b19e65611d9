using System.Text.Encodings.Web;

namespace Kumiko.Host.Composition;

/// <summary>Configures the standard output: lines for people in Development, JSON elsewhere.</summary>
internal static class ConsoleLogging
{
    public static void AddKumikoConsole(this ILoggingBuilder logging, IHostEnvironment environment)
    {
        logging.ClearProviders();
        // The trace id of a response is in the log lines of its cause, and in those of the modules that received its events.
        logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId);
        if (environment.IsDevelopment())
        {
            logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.IncludeScopes = true;
                options.TimestampFormat = "HH:mm:ss.fff ";
            });
            return;
        }

        logging.AddJsonConsole(options =>
        {
            options.IncludeScopes = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            options.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        });
    }
}
