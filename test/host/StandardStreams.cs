using System;
using System.IO;
using System.Text;

namespace Dllet.PowerShellHost;

/// <summary>Standard streams as UTF-8 without a byte order mark, whatever the console's code page is.</summary>
internal static class StandardStreams
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Open()
    {
        UseForNativeCommands();
        Console.SetIn(new StreamReader(Console.OpenStandardInput(), Utf8));
        Console.SetOut(Writer(Console.OpenStandardOutput()));
        Console.SetError(Writer(Console.OpenStandardError()));
    }

    private static TextWriter Writer(Stream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, Utf8) { AutoFlush = true });

    // The engine decodes the output of native programs with Console.OutputEncoding; without a console it cannot be set.
    private static void UseForNativeCommands()
    {
        try
        {
            Console.OutputEncoding = Utf8;
        }
        catch (IOException)
        {
        }
    }
}
