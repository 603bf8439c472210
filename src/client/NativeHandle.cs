namespace Dllet.Client;

/// <summary>A handle that a function opened; the bridge has its number. It is released once: by its cmdlet, by Dispose, at the end of the
/// pipeline that opened and used it, by the garbage collector, or when the bridge ends.</summary>
public sealed class NativeHandle : IDisposable {
    private readonly Exchange exchange;
    private readonly Bridge? bridge;
    private int isReleased;
    internal NativeHandle(Exchange exchange, string text) =>
        (this.exchange, bridge, Text, Origin) = (exchange, exchange.Current, text, exchange.Origin);
    ~NativeHandle() => Leave(now: false, null);
    /// <summary>The function that releases the handle.</summary>
    public string ReleasedBy => Text.Substring(0, Text.IndexOf(':'));
    public bool IsReleased => isReleased != 0 || bridge?.HasEnded != false;
    internal readonly string Text; // What identifies it in the bridge: the function, a number, and the bridge.
    internal readonly PipelineRun? Origin; // The pipeline that opened it, if other commands follow; null if a variable can hold it.
    internal void MarkReleased() => isReleased = 1;
    public void Dispose() { Leave(now: true, null); GC.SuppressFinalize(this); }
    public override string ToString() => Text.Substring(0, Text.IndexOf('@'));
    internal void Leave(bool now, Caller? caller) { if (Interlocked.Exchange(ref isReleased, 1) == 0) exchange.Leave(Text, now, caller); }
}

/// <summary>The functions of a module in one pipeline. All of them begin before the first gets a record.</summary>
internal sealed class PipelineRun(int length) {
    internal readonly int Length = length;
    internal int Position; // That of the last function that began.
    internal bool HasRecords;
}
