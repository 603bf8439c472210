using System;

namespace Dllet.PowerShellHost;

/// <summary>Entry point: arguments, one engine session, exit status.</summary>
internal static class Program
{
    private const int UsageError = 64;

    private static int Main(string[] args)
    {
        StandardStreams.Open();

        HostArguments arguments;
        try
        {
            arguments = HostArguments.Parse(args);
        }
        catch (UsageException error)
        {
            Console.Error.WriteLine(error.Message);
            return UsageError;
        }

        if (arguments.Mode == HostMode.Version)
        {
            Console.Out.WriteLine(EngineSession.VersionText);
            return 0;
        }

        using var session = new EngineSession(arguments);
        return Run(session, arguments);
    }

    private static int Run(EngineSession session, HostArguments arguments)
    {
        bool succeeded = arguments.Mode switch
        {
            HostMode.Command => session.RunText(arguments.Text),
            HostMode.File => session.RunFile(arguments.Text, arguments.FileArguments),
            _ => true,
        };

        bool readsInput = arguments.Mode == HostMode.Input || arguments.NoExit;
        if (readsInput && session.ExitCode is null)
        {
            InputLoop.Run(Console.In, session);
            succeeded = true;
        }

        return session.ExitCode ?? (succeeded ? 0 : 1);
    }
}
